/// The words by which a report puts together what it counts.
public protocol ReportGrouping: Vocabulary {
    /// The field of the case that it groups by; nil when it groups by something else.
    var caseField: CaseField? { get }
}

extension ReportGrouping {
    /// The one of the same name, unless a report means something else by it.
    public var caseField: CaseField? { CaseField(rawValue: rawValue) }

    /// The length of time that it groups by; nil when it groups by something else.
    public var period: ReportPeriod? { ReportPeriod(rawValue: rawValue) }
}

/// A length of time that reports group by.
public enum ReportPeriod: String, Vocabulary {
    case day
    /// Of ISO 8601.
    case week
    case month
}

/// A field of a case that reports group by, as of the report's instant.
public enum CaseField: String, Vocabulary {
    case owner, team, category, channel, severity
    /// By what was found of the complaint; nil while the case is open.
    case outcome
}
