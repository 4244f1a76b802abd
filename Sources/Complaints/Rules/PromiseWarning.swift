/// Something that speaks against a promise that was made.
public enum PromiseWarning: Sendable, Hashable {
    /// Its owner has too many promises due that day, by the policy's `load_cap` (T4).
    case overCap(OwnerLoad, loadCap: Int)
    /// Somebody else made it: its owner has yet to accept it (T4).
    case waitsForAcceptance(owner: String)
    /// Its owner is away when it is due.
    case ownerAbsent(owner: String, Absence)
    /// Nobody has to keep it yet.
    case unowned
    /// The concession that it makes good waits for a manager (T15).
    case concessionPending
    /// A manager said no to the concession that it makes good (T15).
    case concessionRefused
    /// It is due after the case's hard deadline.
    case afterHardDeadline(Instant)
    /// It is due later than the policy thinks right for its kind, counted from now (T1).
    case farOff(PromiseSpan)
    /// It will be due while the desk is closed, by the calendar of the case's team; with when that is by its clocks, and when it opens
    /// next.
    case outsideHours(calendar: String, closed: String, opens: String?)
    /// It is due later than the clock that it is of may be extended to, by the case's regime.
    case beyondExtension(clock: String, latest: Instant, mayBeExtended: Bool)
    /// Nobody was known by its owner's name before.
    case newName(NewName)

    /// Which it is, for programs.
    public enum Code: String, Vocabulary {
        /// `overCap`.
        case overCap = "over_cap"
        /// `waitsForAcceptance`.
        case waitsForAcceptance = "waits_for_acceptance"
        /// `ownerAbsent`.
        case ownerAbsent = "owner_absent"
        /// `unowned`.
        case unowned
        /// `concessionPending`.
        case concessionPending = "concession_pending"
        /// `concessionRefused`.
        case concessionRefused = "concession_refused"
        /// `afterHardDeadline`.
        case afterHardDeadline = "after_hard_deadline"
        /// `farOff`.
        case farOff = "far_off"
        /// `outsideHours`.
        case outsideHours = "outside_hours"
        /// `beyondExtension`.
        case beyondExtension = "beyond_extension"
        /// `newName`.
        case newName = "new_name"
    }

    /// Which it is.
    public var code: Code {
        switch self {
        case .overCap: .overCap
        case .waitsForAcceptance: .waitsForAcceptance
        case .ownerAbsent: .ownerAbsent
        case .unowned: .unowned
        case .concessionPending: .concessionPending
        case .concessionRefused: .concessionRefused
        case .afterHardDeadline: .afterHardDeadline
        case .farOff: .farOff
        case .outsideHours: .outsideHours
        case .beyondExtension: .beyondExtension
        case .newName: .newName
        }
    }

    /// What to do about it, in a sentence for people.
    public var detail: String {
        switch self {
        case .overCap(let load, let loadCap):
            """
            \(load.owner) has \(load.dueThatDay) promises due on \(load.day); the policy's load_cap is \(loadCap): give it \
            to somebody else, or agree on another day.
            """
        case .waitsForAcceptance(let owner): "\(owner) has yet to accept it."
        case .ownerAbsent(let owner, let absence):
            "It is due while \(owner) is away, \(absence.words): agree on another day, or give it to "
                + "\(absence.standIn ?? "somebody else")."
        case .unowned: "Nobody has to keep it: reassign it to somebody."
        case .concessionPending: "The concession waits for a manager: the promise can't be kept until then."
        case .concessionRefused: "A manager refused the concession: tell the customer."
        case .afterHardDeadline(let deadline): "It is due after the case's hard deadline, \(deadline.rfc3339)."
        case .beyondExtension(let clock, let latest, mayBeExtended: true):
            "The regime has the clock \(clock) extended to \(latest.rfc3339) at the latest."
        case .beyondExtension(let clock, let latest, mayBeExtended: false):
            "The regime has no extension of the clock \(clock), which was due at \(latest.rfc3339) at the latest."
        case .newName(let new): new.detail
        case .outsideHours(let calendar, let closed, let opens):
            "It is due while the desk is closed by the calendar \(calendar), \(closed)"
                + (opens.map { "; it opens next \($0)." } ?? ".")
        case .farOff(let span):
            "It is due more than \(span.words) from now, the policy's \(span.field): promise to be in touch before."
        }
    }
}
