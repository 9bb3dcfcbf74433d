from tests.load.rows import Row, percentile


def test_a_figure_above_its_limit_breaks_it():
    assert Row("a page", 10, "ms", limit=10).holds
    assert not Row("a page", 10.1, "ms", limit=10).holds
    assert Row("a page", 10.1, "ms").holds


def test_a_time_of_waiting_is_not_judged_on_a_busy_machine():
    row = Row("a page: p95", 900, "ms", limit=500, judged=False)
    assert row.holds
    assert "busy" in str(row)


def test_a_percentile_is_one_of_the_times():
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([7], 0.5) == 7
    assert percentile([], 0.95) == 0
