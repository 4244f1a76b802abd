import Complaints

/// Lookup table of regimes with their calendars, of the one connection that writes: so that it costs a case under one no statement
/// to see by when its clocks are due.
///
/// It depends on the rows of regimes and of calendars: whoever writes one has it forgotten, as does another process.
final class KnownRegimes {
    private struct Key: Hashable {
        let name: FoldedName
        let version: Int64
    }

    private var versions: [FoldedName: [Regime]] = [:]
    private var regimes: [Key: RegimeInForce] = [:]

    /// Past so many it forgets and starts again.
    private static let limit = 256

    /// The versions of the regime of that name, the first one first; none where there is no such regime.
    func versions(_ name: FoldedName, _ transaction: ReadTransaction) throws -> [Regime] {
        if let known = versions[name] { return known }
        let found = try transaction.regimeVersions(name)
        // What is not there is not kept: names that nobody has are without end.
        guard !found.isEmpty else { return [] }
        if versions.count >= Self.limit { versions.removeAll() }
        versions[name] = found
        return found
    }

    /// A version with its calendar; nil where that is not there any more, or has no rules on this system.
    func inForce(_ regime: Regime, _ transaction: ReadTransaction) throws -> RegimeInForce? {
        let key = Key(name: FoldedName(regime.name), version: regime.version)
        if let known = regimes[key] { return known }
        guard let found = try transaction.regimeInForce(regime) else { return nil }
        if regimes.count >= Self.limit { regimes.removeAll() }
        regimes[key] = found
        return found
    }

    /// Rows may be other than they were.
    func forget() {
        versions.removeAll()
        regimes.removeAll()
    }
}
