"""A model field for plain JSON values, encrypted as one text: neither the values nor the names of facts can be read."""

import json
from typing import Any

from encrypted_fields.fields import EncryptedTextField


class EncryptedJSON(EncryptedTextField):
    """Keeps the types of what it holds; the library's own JSON field encrypts each value and gives back texts."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        try:
            return json.loads(text) if isinstance(text, str) else text
        except ValueError:
            # Not as it was written: given as it is, so that the checks of the record find it and name the row.
            return text

    def value_to_string(self, obj: Any) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)
