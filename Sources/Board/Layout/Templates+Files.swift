extension Templates {
    /// Every template that there is: a new one is a file in `Templates` and a line here.
    static let all: [(name: String, text: [UInt8])] = [
        ("again", PackageResources.again_mustache),
        ("cases", PackageResources.cases_mustache),
        ("filters", PackageResources.filters_mustache),
        ("layout", PackageResources.layout_mustache),
        ("list", PackageResources.list_mustache),
        ("load", PackageResources.load_mustache),
        ("login", PackageResources.login_mustache),
        ("moment", PackageResources.moment_mustache),
        ("notice", PackageResources.notice_mustache),
        ("owner", PackageResources.owner_mustache),
        ("promises", PackageResources.promises_mustache),
        ("queue", PackageResources.queue_mustache),
        ("refusal", PackageResources.refusal_mustache),
        ("reports", PackageResources.reports_mustache),
        ("today", PackageResources.today_mustache),
    ]
}
