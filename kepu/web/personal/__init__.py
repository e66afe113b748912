"""The account area on personal data: one's own record, who looked at it, consent, a copy, the end. No unit is needed."""

from kepu.web.personal import columns as columns  # found by kepu.core.personal
