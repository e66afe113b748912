"""Moving what a notice says from one year to another: days by so many days, months and years by whole years.

Pure: values in, values out. Codes never change; what stands relative to something else stays as it is.
"""

from kepu.notices.shifting.moving import days_of_years, moments_in, moved, moved_days
from kepu.notices.shifting.shift import Shift, suggested_days

__all__ = ["Shift", "days_of_years", "moments_in", "moved", "moved_days", "suggested_days"]
