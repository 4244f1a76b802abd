/// Something that whoever changed a case is told of it, and of none of its promises alone.
public enum CaseWarning: Sendable, Hashable {
    /// Nobody was known by a name that was given.
    case newName(NewName)
    /// The case has another owner, and these promises stay with whom they were.
    case promisesStay(owner: String, promiseIDs: [Int64])
    /// Other customers on record have the phone number, the e-mail address or the key of a new case's: they may be one. Nobody
    /// is merged by that.
    case possibleDuplicate([Int64])
    /// No case, owner or calendar has the team that it was given.
    case newTeam(NewName)
    /// Who answered at that stage of the case's regime had answered at an earlier one.
    case samePerson(owner: String, stage: String)
    /// A case under that regime was resolved, and nobody said what was found.
    case noOutcome(regime: String)
    /// The policy of a case that is opened names that regime, which does not hold for its receipt.
    case regimeNotInForce(regime: String, policy: String)
    /// An edit brought the case another policy, which names that regime; the case stays under the one that it is under, if any.
    case policyRegime(regime: String, policy: String, current: String?)
    /// A case that had, or was opened with, a later `hard_deadline` came under a regime, or to a stage of it: the regime's holds.
    case regimeDeadline(regime: String, deadline: Instant)
    /// These clocks of the case's regime begin with what was kept, and can't be counted: their calendar has not so much open time.
    case clocksNotCounted(regime: String, clocks: [String])
    /// Who was asked to join is away today.
    case supervisorAbsent(supervisor: String, Absence)

    /// So many customers are named at most: a number that more share is a switchboard's.
    public static let mostCustomers = 20

    /// Which it is, for programs.
    public enum Code: String, Vocabulary {
        /// `newName`.
        case newName = "new_name"
        /// `promisesStay`.
        case promisesStay = "promises_stay"
        /// `possibleDuplicate`.
        case possibleDuplicate = "possible_duplicate"
        /// `newTeam`.
        case newTeam = "new_team"
        /// `samePerson`.
        case samePerson = "same_person"
        /// `noOutcome`.
        case noOutcome = "no_outcome"
        /// `regimeNotInForce`.
        case regimeNotInForce = "regime_not_in_force"
        /// `policyRegime`.
        case policyRegime = "policy_regime"
        /// `regimeDeadline`.
        case regimeDeadline = "regime_deadline"
        /// `clocksNotCounted`.
        case clocksNotCounted = "clocks_not_counted"
        /// `supervisorAbsent`.
        case supervisorAbsent = "supervisor_absent"
    }

    /// Which it is.
    public var code: Code {
        switch self {
        case .newName: .newName
        case .promisesStay: .promisesStay
        case .possibleDuplicate: .possibleDuplicate
        case .newTeam: .newTeam
        case .samePerson: .samePerson
        case .noOutcome: .noOutcome
        case .regimeNotInForce: .regimeNotInForce
        case .policyRegime: .policyRegime
        case .regimeDeadline: .regimeDeadline
        case .clocksNotCounted: .clocksNotCounted
        case .supervisorAbsent: .supervisorAbsent
        }
    }

    /// Whom of the desk it is about; nil where it is about nobody of it.
    public var owner: String? {
        switch self {
        case .newName(let new): new.name
        case .promisesStay(let owner, _), .samePerson(let owner, _), .supervisorAbsent(let owner, _): owner
        case .possibleDuplicate, .newTeam, .noOutcome, .regimeNotInForce, .policyRegime, .regimeDeadline,
            .clocksNotCounted:
            nil
        }
    }

    /// The promises that it is about.
    public var promiseIDs: [Int64] {
        switch self {
        case .newName, .possibleDuplicate, .newTeam, .samePerson, .noOutcome, .regimeNotInForce, .policyRegime,
            .regimeDeadline, .clocksNotCounted, .supervisorAbsent:
            []
        case .promisesStay(_, let ids): ids
        }
    }

    /// The customers that it is about.
    public var customerIDs: [Int64] {
        if case .possibleDuplicate(let ids) = self { ids } else { [] }
    }

    /// What to do about it, in a sentence for people.
    public var detail: String {
        switch self {
        case .newName(let new): return new.detail
        case .newTeam(let new):
            return
                "No case, owner or calendar has the team \(new.name): business time is counted on the calendar called default, where there is one."
                + new.suggestion
        case .promisesStay(let owner, let ids):
            let those =
                ids.count == 1
                ? "Promise \(ids[0]) stays" : "Promises \(ids.map(String.init).joined(separator: ", ")) stay"
            return "\(those) with \(owner), whoever handles the case: reassign what is to go with it."
        case .possibleDuplicate(let ids):
            // As bytes: a string is looked at anew for each piece that it gets.
            var text = Array("The phone, the e-mail or the key is that of ".utf8)
            text.reserveCapacity(120 + 24 * ids.count)
            for (place, id) in ids.enumerated() {
                text += (place == 0 ? "customer " : ", customer ").utf8
                text += String(id).utf8
            }
            text += " too: if they are one, a manager merges them.".utf8
            return String(decoding: text, as: UTF8.self)
        case .samePerson(let owner, let stage):
            return
                "\(owner) had answered at an earlier stage: at the stage \(stage) somebody else is to look at it anew."
        case .noOutcome(let regime):
            return
                "The report on \(regime) counts cases by outcome, and this one has none: PATCH the case with outcome."
        case .regimeNotInForce(let regime, let policy):
            return
                "The policy \(policy) names the regime \(regime), no version of which holds for this receipt: the case is under none."
        case .policyRegime(let regime, let policy, let current):
            return
                "The case's policy is \(policy) now, which names the regime \(regime); the case stays under "
                + "\(current ?? "none"): PATCH it with regime to put it under that."
        case .regimeDeadline(let regime, let deadline):
            return
                "The hard_deadline that the case was given is later than that of the regime \(regime), under which it is: the case has "
                + "\(deadline.rfc3339)."
        case .clocksNotCounted(let regime, let clocks):
            return
                "\(clocks.joined(separator: ", ")) of \(regime) would begin with it, and can't be counted: its calendar has not so much "
                + "open time. Put that right, then PATCH the case with regime, the name of its own."
        case .supervisorAbsent(let supervisor, let absence):
            return "\(supervisor), who is asked to join, is away, \(absence.words): escalate it to "
                + "\(absence.standIn ?? "somebody else")."
        }
    }
}

extension CaseChange {
    /// What stays with whom after the case was given to somebody else: what others of the desk have to keep, by owner.
    package var staying: [CaseWarning] {
        guard let before = before?.record.fields.owner, let owner = record.fields.owner,
            FoldedName(before) != FoldedName(owner)
        else { return [] }
        var ids: [FoldedName: (owner: String, ids: [Int64])] = [:]
        for promise in promises where promise.isUnsettled {
            guard let keeper = promise.owner, FoldedName(keeper) != FoldedName(owner) else { continue }
            ids[FoldedName(keeper), default: (keeper, [])].ids.append(promise.id)
        }
        return ids.sorted { $0.key < $1.key }.map { .promisesStay(owner: $0.value.owner, promiseIDs: $0.value.ids) }
    }

    /// Whether what nobody said whose it is may be the case owner's: whoever takes nothing new is passed over.
    var takingOwner: String? {
        record.fields.owner.flatMap { inactive.contains(FoldedName($0)) ? nil : $0 }
    }
}
