"""Examples for the schema, plainly fictional."""

from typing import Any

DRAFT: dict[str, Any] = {
    "content": {
        "worker_family_name": "Example",
        "worker_given_names": "Kim",
        "worker_citizenship": "US",
        "worker_passport_number": "XA-000 123",
        "exemption_category": "cusma-professional",
        "job_title": "Lighthouse engineer",
        "noc_code": "21300",
        "hourly_wage_cad": "80.00",
        "sites": [{"street": "1 Harbour Road", "city": "Halifax", "province": "NS", "postal_code": "B3H 1A1"}],
    }
}
