//! Tables, and tables that are none.

use super::shown;

#[test]
fn rows_are_lines_and_cells_are_parted_by_tabs() {
    assert_eq!(
        shown("a<table><caption>Boats in port</caption><tr><th>Port<th>Boats<tr><td> Quay <td>7</table>b"),
        ["p: a", "figure: Boats in port", "table: Port>Boats/Quay>7", "p: b"]
    );
    assert_eq!(
        shown(
            "<table><thead><tr><th>A<th>B</thead><tbody><tr><td>1<br>2<td><p>x</p><p>y</p><tr><td><ul><li>a<li>b</ul><td></table>"
        ),
        ["table: A>B/1 2>x y/a; b>"]
    );
}

#[test]
fn cells_that_span_others_leave_the_grid_as_it_is() {
    assert_eq!(
        shown("<table><tr><th colspan=2>Boats<th>Port<tr><td>1<td>2<td>Quay</table>"),
        ["table: Boats>>Port/1>2>Quay"]
    );
    assert_eq!(
        shown("<table><tr><th rowspan=2>Port<th>Boats<th>Men<tr><td>7<td>9<tr><td>Quay<td>1<td>2</table>"),
        ["table: Port>Boats>Men/>7>9/Quay>1>2"]
    );
    assert_eq!(
        shown("<table><tr><th>A<th rowspan=2 colspan=2>B<th>C<tr><td>1<td>4<tr><td>5<td>6<td>7<td>8</table>"),
        ["table: A>B>>C/1>>>4/5>6>7>8"]
    );
    assert_eq!(
        shown("<table><tr><th>A<th>B<th rowspan=2>C<tr><td>1<td>2<tr><td>3<td>4<td>5</table>"),
        ["table: A>B>C/1>2>/3>4>5"]
    );
}

#[test]
fn a_table_that_only_places_things_is_walked_as_blocks() {
    assert_eq!(shown("<table><tr><td><p>a</p><p>b</p></table>"), ["p: a", "p: b"]);
    assert_eq!(shown("<table><tr><td>a<tr><td>b</table>"), ["p: a", "p: b"]);
    assert_eq!(shown("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>").len(), 4);
    assert_eq!(
        shown("<table><tr><td>menu<td><h2>Head</h2>words<table><tr><th>1<th>2<tr><td>3<td>4</table></table>"),
        ["p: menu", "h2: Head", "p: words", "table: 1>2/3>4"]
    );
    assert_eq!(shown("<table><tr><td><div>left</div><td>right</table>"), ["p: left", "p: right"]);
    let column = "long words ".repeat(100);
    assert_eq!(shown(&format!("<table><tr><td>a<td>{column}<tr><td>b<td>c</table>")).len(), 4);
}

#[test]
fn spans_beyond_reason_cost_nothing() {
    let page =
        format!("<table><tr><th>a<th>b{}</table>", "<tr><td colspan=1000000000 rowspan=65000>x<td>y".repeat(3_000));
    let words: usize = shown(&page).iter().map(String::len).sum();
    assert!(words < 2_000_000, "{words}");
}
