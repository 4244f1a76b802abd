extension Templates {
    /// Every template that there is: a new one is a file in `Templates` and a line here.
    static let all: [(name: String, text: [UInt8])] = [
        ("again", PackageResources.again_mustache),
        ("case", PackageResources.case_mustache),
        ("cases", PackageResources.cases_mustache),
        ("cell", PackageResources.cell_mustache),
        ("done", PackageResources.done_mustache),
        ("field", PackageResources.field_mustache),
        ("filterfields", PackageResources.filterfields_mustache),
        ("filters", PackageResources.filters_mustache),
        ("form", PackageResources.form_mustache),
        ("layout", PackageResources.layout_mustache),
        ("list", PackageResources.list_mustache),
        ("load", PackageResources.load_mustache),
        ("login", PackageResources.login_mustache),
        ("moment", PackageResources.moment_mustache),
        ("newcase", PackageResources.newcase_mustache),
        ("notice", PackageResources.notice_mustache),
        ("owner", PackageResources.owner_mustache),
        ("promises", PackageResources.promises_mustache),
        ("queue", PackageResources.queue_mustache),
        ("refusal", PackageResources.refusal_mustache),
        ("reports", PackageResources.reports_mustache),
        ("shared", PackageResources.shared_mustache),
        ("today", PackageResources.today_mustache),
        ("told", PackageResources.told_mustache),
    ]
}
