"""The short titles of duties."""

from django import template

from employer_portal.duties import Duty
from employer_portal.duty_lists import TITLES
from employer_portal.templatetags.portal_money import language

register = template.Library()


@register.filter
def duty_title(duty: Duty) -> str:
    return str(TITLES[duty.key].in_language(language()))
