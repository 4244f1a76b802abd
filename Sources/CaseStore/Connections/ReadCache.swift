import Complaints
import GRDB

/// The response cache of one read connection: what reads came to, for as long as the same read comes to the same, which is
/// until the next commit, or until the next promise falls due, which changes states without any change, or another day has
/// other examples. A list that many
/// look at is so read once and written out often. What is not asked for again and again gains nothing by it, so each read
/// says whether it is cached.
///
/// What a read comes to depends on
/// - what is asked for, which is the key: the form, the path as it was written and the query as it was written;
/// - the record, told by the stamp of the last change, whoever made it, with which all is forgotten;
/// - what is overdue, told by the next instant that a promise falls due at, with which all is forgotten;
/// - the day, whose due instant the examples of calls have: with its end all is forgotten;
/// - the instant it is read for: nothing is told of an instant before the one it was read for.
///
/// It does not depend on who asks: that is asked before each read. Nor on what only changes how it is sent, as codings,
/// layout and conditions do: these are seen to after it.
///
/// Only what is asked for a second time is kept, and only so much of it.
final class ReadCache {
    private struct Entry {
        let value: any Sendable
        let bytes: Int
        /// When it was read: the clock may be set back.
        let asOf: Instant
    }

    /// The stamp of the last change, and the last instant before something falls due or the day ends: what is kept is of
    /// these.
    private var changed = Instant.earliest
    private var falls = Instant.earliest
    private var asked: Set<String> = []
    private var kept: [String: Entry] = [:]
    private(set) var bytes = 0

    private static let askedLimit = 256
    private static let keyLimit = 1024
    private static let valueLimit = 1 << 20
    static let bytesLimit = 4 << 20

    /// What was kept under `key`, if it still is so at `asOf`.
    func value<Value>(_ key: String, asOf: Instant, changed: Instant, as type: Value.Type) -> Value? {
        if changed != self.changed || asOf > falls { forget(changed: changed) }
        guard let entry = kept[key], entry.asOf <= asOf else { return nil }
        return entry.value as? Value
    }

    /// Keeps what a read came to, if it is asked for again. `falls` says when the next promise falls due, or the day ends.
    func keep(
        _ key: String, _ value: some Sendable, bytes size: Int, asOf: Instant, falls: () throws -> Instant
    ) rethrows {
        guard size <= Self.valueLimit, key.utf8.count <= Self.keyLimit else { return }
        guard asked.contains(key) else {
            if asked.count >= Self.askedLimit { asked.removeAll(keepingCapacity: true) }
            asked.insert(key)
            return
        }
        if bytes + size > Self.bytesLimit { forget(changed: changed) }
        if kept.isEmpty { self.falls = try falls() }
        if let before = kept.updateValue(Entry(value: value, bytes: size, asOf: asOf), forKey: key) {
            bytes -= before.bytes
        }
        bytes += size
    }

    private func forget(changed: Instant) {
        self.changed = changed
        asked.removeAll(keepingCapacity: true)
        kept.removeAll(keepingCapacity: true)
        bytes = 0
        falls = .latest
    }
}

extension ReadTransaction {
    /// What `make` comes to, or came to before under the same key if nothing has changed since. Only for what follows
    /// from the record, from which promises are overdue and from the day that examples go by: not for what follows from the time in any other way, nor
    /// for what depends on who asks.
    ///
    /// - Parameter size: how many bytes it takes to keep it.
    public func cached<Value: Sendable>(
        _ key: String, size: (Value) -> Int, _ make: () throws -> Value
    ) throws -> Value {
        guard let cache else { return try make() }
        if let value = cache.value(key, asOf: asOf, changed: committed, as: Value.self) { return value }
        let value = try make()
        // Its index comes to know more without a change of the record.
        guard !isSearchIncomplete else { return value }
        try cache.keep(key, value, bytes: size(value), asOf: asOf) {
            try policyRules().active.reduce(try nextDueAt() ?? .latest) { min($0, $1.exampleHolds(at: asOf)) }
        }
        return value
    }

    /// The first instant from now on that an unsettled promise is due at: after it the promise is overdue.
    private func nextDueAt() throws -> Instant? {
        try statements.first(Self.nextDue, db, bind: { $0.add(asOf) }) { $0.optionalInstant(0) } ?? nil
    }

    private static let nextDue = SQL(
        """
        SELECT min(due_at) FROM (\(nextDueOfEach.joined(separator: "\nUNION ALL\n")))
        """)

    private static let nextDueOfEach = PromiseStateSQL.parties.map { by, to in
        """
        SELECT min(p.due_at) AS due_at FROM promise p INDEXED BY promise_unsettled
            WHERE p.promised_by = '\(by)' AND p.promised_to = '\(to)' AND p.recorded_at IS NULL AND p.due_at >= ?1
        """
    }
}
