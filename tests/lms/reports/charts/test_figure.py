"""The figure around a chart: its finding, its key, its table with links, and where the numbers come from."""

from datetime import date

from django.template.loader import render_to_string

from lms.reports.charts import nested_bars
from lms.reports.figures.tables import Table, plain

ROWS = [("Police", 182, 141, 128, "141 of 182 completed")]


def figure(**context):
    given = {"n": 3, "title": "Police <finish>", "sub": "people, 2026", "chart": nested_bars(ROWS)}
    return render_to_string("lms/reports/charts/figure.html", given | context)


def table(rows):
    return Table("figure-3", "Completion", ["Agency", "Started", "Since"], rows, numeric=(1,))


def test_it_states_the_finding_and_draws_the_chart():
    page = figure()
    assert '<h2 id="f3">Police &lt;finish&gt;</h2>' in page
    assert "Figure 3: people, 2026" in page
    assert nested_bars(ROWS).svg in page
    assert page.count('aria-hidden="true"') == 3
    assert "style=" not in page
    assert "<details" not in page


def test_its_table_links_every_number_to_the_list_behind_it():
    rows = iter([["Police & co", (182, "/list/?agency=4"), date(2026, 6, 1)]])
    page = figure(table=table(rows), csv="/figure.csv", source="training records")
    assert '<th scope="row">Police &amp; co</th>' in page
    assert '<td class="n"><a href="/list/?agency=4">182</a></td>' in page
    assert "<td>1 Jun 2026</td>" in page
    assert '<th scope="col" class="n">Started</th>' in page
    assert "Source: training records." in page
    assert '<a href="/figure.csv">' in page


def test_a_sheet_has_the_number_without_its_link():
    assert plain((182, "/list/")) == 182
    assert list(table([["Police", (182, "/list/"), None]]).plain_rows()) == [["Police", 182, None]]


def test_without_rows_it_says_what_to_do():
    page = figure(chart=nested_bars([]))
    assert "Choose another period, or take a filter away." in page
    assert "<svg" not in page
