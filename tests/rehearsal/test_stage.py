from datetime import date

from kepu.rehearsal.stage import until


def test_what_is_due_is_taken_off_in_order_with_the_days_that_somebody_else_played():
    agenda = {date(2023, 9, 9): ["c"], date(2023, 9, 7): ["a", "b"], date(2023, 9, 20): ["later"]}
    assert until(agenda, date(2023, 9, 9)) == ["a", "b", "c"]
    assert agenda == {date(2023, 9, 20): ["later"]}
    assert until(agenda, date(2023, 9, 9)) == []
