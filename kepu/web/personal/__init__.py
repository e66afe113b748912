"""The account area on personal data: one's own record, who looked at it, consent, a copy, the end. No unit is needed."""
