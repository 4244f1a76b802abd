/// A step from one shape of the database to the next.
public struct Migration: Sendable {
    /// 1 for the first, and one more for each.
    public let version: Int
    /// The file's name without its ending.
    public let name: String
    /// The statements, as UTF-8.
    public let sql: [UInt8]
    /// SHA-256, in hexadecimal, of what it said before, where that comes to the same shape: databases that were made by
    /// it are taken as they are.
    public let formerChecksums: [String]

    /// A step that has said the same from the beginning, unless former checksums are given.
    public init(version: Int, name: String, sql: [UInt8], formerChecksums: [String] = []) {
        self.version = version
        self.name = name
        self.sql = sql
        self.formerChecksums = formerChecksums
    }

    /// Every migration, in order. A new one is a file beside this one, a line here and a line in Package.swift; one
    /// that has been applied anywhere is never edited.
    public static let all: [Migration] = [
        // It asked for the time, which a database is not to depend on.
        Migration(
            version: 1, name: "V001_cases_and_promises", sql: PackageResources.V001_cases_and_promises_sql,
            formerChecksums: ["6c2e136a6fbce19b79960b94d90aa5a9fab51ba1c7e0d351dcc74035e7321050"]),
        Migration(version: 2, name: "V002_indexes_for_scale", sql: PackageResources.V002_indexes_for_scale_sql),
        Migration(version: 3, name: "V003_answered_requests", sql: PackageResources.V003_answered_requests_sql),
        Migration(version: 4, name: "V004_cheaper_creates", sql: PackageResources.V004_cheaper_creates_sql),
        Migration(version: 5, name: "V005_overdue_mark", sql: PackageResources.V005_overdue_mark_sql),
        Migration(version: 6, name: "V006_token_uses", sql: PackageResources.V006_token_uses_sql),
        Migration(version: 7, name: "V007_tactics", sql: PackageResources.V007_tactics_sql),
        Migration(
            version: 8, name: "V008_unique_external_ids", sql: PackageResources.V008_unique_external_ids_sql),
        Migration(version: 9, name: "V009_cursor_key", sql: PackageResources.V009_cursor_key_sql),
        Migration(version: 10, name: "V010_full_case_folding", sql: PackageResources.V010_full_case_folding_sql),
        Migration(version: 11, name: "V011_space_in_names", sql: PackageResources.V011_space_in_names_sql),
        Migration(version: 12, name: "V012_one_log", sql: PackageResources.V012_one_log_sql),
        Migration(version: 13, name: "V013_sorted", sql: PackageResources.V013_sorted_sql),
        Migration(version: 14, name: "V014_field_history", sql: PackageResources.V014_field_history_sql),
        Migration(version: 15, name: "V015_within_reason", sql: PackageResources.V015_within_reason_sql),
        Migration(version: 16, name: "V016_chains", sql: PackageResources.V016_chains_sql),
        Migration(version: 17, name: "V017_accountable", sql: PackageResources.V017_accountable_sql),
        Migration(version: 18, name: "V018_owners", sql: PackageResources.V018_owners_sql),
        Migration(version: 19, name: "V019_customers", sql: PackageResources.V019_customers_sql),
        Migration(version: 20, name: "V020_words_of_search", sql: PackageResources.V020_words_of_search_sql),
        Migration(version: 21, name: "V021_transfers", sql: PackageResources.V021_transfers_sql),
        Migration(version: 22, name: "V022_calendars", sql: PackageResources.V022_calendars_sql),
        Migration(version: 23, name: "V023_policy_rules", sql: PackageResources.V023_policy_rules_sql),
        Migration(version: 24, name: "V024_outcomes", sql: PackageResources.V024_outcomes_sql),
        Migration(version: 25, name: "V025_regimes", sql: PackageResources.V025_regimes_sql),
        Migration(version: 26, name: "V026_case_regimes", sql: PackageResources.V026_case_regimes_sql),
        Migration(
            version: 27, name: "V027_policies_in_business_time",
            sql: PackageResources.V027_policies_in_business_time_sql),
        Migration(version: 28, name: "V028_cases_by_regime", sql: PackageResources.V028_cases_by_regime_sql),
        Migration(version: 29, name: "V029_put_right", sql: PackageResources.V029_put_right_sql),
        Migration(version: 30, name: "V030_webhooks", sql: PackageResources.V030_webhooks_sql),
        Migration(version: 31, name: "V031_marks", sql: PackageResources.V031_marks_sql),
        Migration(version: 32, name: "V032_absences", sql: PackageResources.V032_absences_sql),
        Migration(version: 33, name: "V033_cadence", sql: PackageResources.V033_cadence_sql),
        Migration(version: 34, name: "V034_digests", sql: PackageResources.V034_digests_sql),
        Migration(version: 35, name: "V035_epochs", sql: PackageResources.V035_epochs_sql),
        Migration(version: 36, name: "V036_pages", sql: PackageResources.V036_pages_sql),
        Migration(version: 37, name: "V037_repeated_misses", sql: PackageResources.V037_repeated_misses_sql),
    ]
}
