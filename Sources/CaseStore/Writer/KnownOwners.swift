import Complaints

/// Lookup table of who keeps promises, of the one connection that writes: so that it costs a new promise no statement to
/// see that its owner is known, takes on anything new, and by whose days their load is counted.
///
/// It depends on the folded name and on
/// - the row of the owner: whoever writes one has it forgotten, as does another process;
/// - for who was never named, whether they own anything: a new promise of theirs says so, and whatever takes one from them
///   has it forgotten;
/// - the calendars, for who has no time zone of their own: see `KnownCalendars`;
/// - the rules that the store was opened with.
package final class KnownOwners {
    /// Past so many names it forgets and starts again.
    private static let limit = 4_096

    let rules: OwnerRules
    /// By whose clocks those go who have no time zone of their own.
    let calendars = KnownCalendars()
    /// Which clocks cases of a regime have.
    package let regimes = KnownRegimes()
    private var owners: [FoldedName: Owner?] = [:]
    private var owning: Set<FoldedName> = []
    private var teams: Set<FoldedName> = []
    private var zones: [ExactText: Zone] = [:]
    private var days = LocalDays()

    /// One that has yet to be asked.
    package init(_ rules: OwnerRules = OwnerRules()) {
        self.rules = rules
    }

    /// Whoever was named so; nil when nobody was.
    func owner(_ name: FoldedName, _ transaction: ReadTransaction) throws -> Owner? {
        if let known = owners[name] { return known }
        let owner = try transaction.owner(name)
        if owners.count >= Self.limit { owners.removeAll() }
        owners.updateValue(owner, forKey: name)
        return owner
    }

    /// Whether they were named, have a token of their own, or own an open case or something unsettled.
    func isKnown(_ name: FoldedName, _ transaction: ReadTransaction) throws -> Bool {
        let owner = try owner(name, transaction)
        if owner?.isNamed ?? false || owning.contains(name) { return true }
        // A token ends by itself: it is asked for each time.
        if let owner, try !transaction.tokenIDs(of: owner).isEmpty { return true }
        guard try transaction.ownsAnything(name) else { return false }
        owns(name)
        return true
    }

    /// Whether a case, an owner or a calendar has a team.
    func isKnown(team: FoldedName, _ transaction: ReadTransaction) throws -> Bool {
        if teams.contains(team) { return true }
        guard try transaction.isKnown(team: team.text.string) else { return false }
        if teams.count >= Self.limit { teams.removeAll() }
        teams.insert(team)
        return true
    }

    /// Whether they take on anything new.
    func isActive(_ name: FoldedName, _ transaction: ReadTransaction) throws -> Bool {
        try owner(name, transaction)?.fields.active ?? true
    }

    /// The day that an instant lies in where they are.
    func day(of instant: Instant, for name: FoldedName, _ transaction: ReadTransaction) throws -> LocalDay {
        days.day(of: instant, in: try zone(of: owner(name, transaction), transaction))
    }

    private func zone(of owner: Owner?, _ transaction: ReadTransaction) throws -> Zone {
        let book = try calendars.book(transaction)
        for name in rules.zoneNames(of: owner, by: book, at: transaction.asOf) {
            let key = ExactText(name)
            if let zone = zones[key] { return zone }
            guard let zone = ZoneDatabase.system.zone(named: name) else { continue }
            zones[key] = zone
            return zone
        }
        return rules.timeZone
    }

    /// They have something now.
    func owns(_ name: FoldedName) {
        if owning.count >= Self.limit { owning.removeAll() }
        owning.insert(name)
    }

    /// Something of theirs is settled, or somebody else's.
    func mayHaveLost(_ name: String?) {
        guard let name, !owning.isEmpty else { return }
        owning.remove(FoldedName(name))
    }

    /// Their row was written.
    func forget(_ name: FoldedName) { owners[name] = nil }

    /// Rows may be other than they were.
    func forget() {
        owners.removeAll()
        owning.removeAll()
        calendars.forget()
        regimes.forget()
    }
}
