extension Templates {
    /// Every template that there is: a new one is a file in `Templates` and a line here.
    static let all: [(name: String, text: [UInt8])] = [
        ("again", PackageResources.again_mustache),
        ("layout", PackageResources.layout_mustache),
        ("login", PackageResources.login_mustache),
        ("notice", PackageResources.notice_mustache),
        ("refusal", PackageResources.refusal_mustache),
        ("reports", PackageResources.reports_mustache),
        ("today", PackageResources.today_mustache),
    ]
}
