/// A part of the page of reports: a chart, with its table and its CSV.
struct ReportSection {
    /// Of the part in the page, in letters and hyphens.
    let id: String
    let title: String
    /// What there is to be seen, in a sentence or two: for whoever does not look at the chart, too.
    let summary: String
    /// The chart as SVG; nil where there is nothing to draw.
    let svg: String?
    let table: FiguresTable
    /// Where the same is as CSV: a report of the API by its name, and what it is asked beside the range.
    let csv: (report: String, parameters: [(name: String, value: String)])
    /// Whether it can be narrowed down to an owner, a team and a category; the reports of the API are of the whole desk.
    var takesFilters = false
}
