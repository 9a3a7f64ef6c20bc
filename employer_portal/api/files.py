"""Documents of an offer over the API: list, add as base64, remove while it is a draft."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from eligibility.api.parsers import read_limited
from employer_portal.api.answers import file_answer
from employer_portal.api.base import EmployerView, read_body
from employer_portal.api.documented import documented
from employer_portal.api.serializers import FileSerializer, FilesSerializer
from employer_portal.api.shapes import Shape, one_of, text
from employer_portal.content import check_storable
from employer_portal.errors import FieldsInvalid, UploadRefused
from employer_portal.models import FilePurpose
from employer_portal.offer_status import OfferStatus
from employer_portal.permissions import Action
from employer_portal.uploads import MOST_FILES, keep_upload, remove_file
from exemption_codes.catalogue.documents import Text

# Four signs of base64 hold three bytes; the rest is for the other fields.
LONGEST = settings.UPLOAD_MAX_BYTES * 4 // 3 + 4
LONGEST_REQUEST = LONGEST + 64 * 1024
ENCODED = Shape(
    {"type": "string", "contentEncoding": "base64", "maxLength": LONGEST},
    lambda value: isinstance(value, str) and len(value) <= LONGEST,
    Text(en="Give the file as base64.", fr="Donnez le fichier en base64."),
)
# A duty's proof belongs to the record of the duty.
DOCUMENT = {
    "purpose": one_of(purpose.value for purpose in FilePurpose if purpose is not FilePurpose.DUTY),
    "name": text(200),
    "content": ENCODED,
}


class DocumentParser(BaseParser):
    """JSON of at most the largest file; REST framework holds each JSONParser to the limit of other requests."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return read_limited(stream, LONGEST_REQUEST)


class FilesView(EmployerView):
    actions = {"GET": Action.VIEW, "POST": Action.UPLOAD}
    parser_classes = (DocumentParser,)

    @documented("list_files", "List the documents of an offer", FilesSerializer)
    def get(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        files = self.offer(offer_id).files.filter(removed_at=None).order_by("uploaded_at", "pk")[:MOST_FILES]
        return Response({"results": [file_answer(file) for file in files]})

    @documented(
        "add_file",
        "Add a document to an offer",
        FileSerializer,
        status=201,
        body=DOCUMENT,
        required=("purpose", "name", "content"),
        has_key=True,
        refusals={
            422: "The file is empty, too large or of no kind that is taken. Or the key came with another request."
        },
        description="A PDF, JPEG or PNG, known by its content. `fee_exemption` is the proof that a claimed exemption "
        "from the fee needs.",
        example={"purpose": "fee_exemption", "name": "proof.pdf", "content": "JVBERi0xLjcK"},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        body = read_body(request, DOCUMENT, ("purpose", "name", "content"))
        check_storable({"name": body["name"]})
        try:
            content = b64decode(body["content"], validate=True)
        except (NotBase64, ValueError):
            raise FieldsInvalid({"content": ENCODED.says}) from None
        self.offer(offer_id)
        return self.once(
            request, lambda: self._keep(offer_id, body["purpose"], SimpleUploadedFile(body["name"], content))
        )

    def _keep(self, offer_id: UUID, purpose: str, upload: SimpleUploadedFile) -> tuple[int, Any]:
        offer = self.offer(offer_id)
        if offer.status == OfferStatus.DELETED:
            raise UploadRefused("deleted", _DELETED)
        return 201, file_answer(keep_upload(upload, purpose, self.actor, self.employer, offer))


class FileView(EmployerView):
    actions = {"DELETE": Action.UPLOAD}

    @documented(
        "remove_file",
        "Remove a document",
        FileSerializer,
        refusals={422: "The offer is filed: what proves it is kept."},
    )
    def delete(self, request: Request, employer_id: UUID, offer_id: UUID, file_id: UUID) -> Response:
        file = self.offer(offer_id).files.filter(pk=file_id, removed_at=None).first()
        if file is None:
            raise Http404
        return Response(file_answer(remove_file(file.pk, self.actor)))


_DELETED = Text(
    en="This draft is put away: restore it first.", fr="Ce brouillon est supprimé : rétablissez-le d’abord."
)
