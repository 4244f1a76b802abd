import Complaints

/// `Promise.accountable` once more, as an expression on the columns of `promise p`: the id of a name, of an owner or of
/// somebody who acted. The tests hold the two together.
enum AccountableSQL {
    /// For whom it counts by all that is on record.
    static let today = expression(
        owner: "p.owner_id", asked: "p.asked_at", by: "p.asked_by_id", isAccepted: "p.accepted_at IS NOT NULL")

    /// For whom it counted at an instant, which is an expression too: by whose it was before the first change of hands
    /// after that, and what they had said until then.
    static func at(_ instant: String) -> String {
        let later = "FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > \(instant)"
        let before = expression(
            owner: "o.from_owner_id", asked: "o.from_asked_at", by: "o.from_asked_by_id",
            isAccepted: "o.from_accepted_at <= \(instant)")
        let now = expression(
            owner: "p.owner_id", asked: "p.asked_at", by: "p.asked_by_id", isAccepted: "p.accepted_at <= \(instant)")
        return """
            (CASE WHEN EXISTS (SELECT 1 \(later)) THEN (SELECT \(before) \(later) ORDER BY o.id LIMIT 1) ELSE \(now) END)
            """
    }

    /// At its due instant, or at another one if that comes first.
    static func atDue(or instant: String) -> String { at("min(p.due_at, \(instant))") }

    /// That an expression of this kind is a name, however it was written and whatever it is the name of: it is bound as
    /// `:accountable`.
    static func isNamed(_ expression: String) -> String {
        """
        \(expression) IN (SELECT id FROM name
            WHERE role IN (\(roles.map { "'\($0.rawValue)'" }.joined(separator: ", "))) AND folded = :accountable)
        """
    }

    /// What somebody for whom a promise counts is the name of.
    static let roles: [NameRole] = [.owner, .actor]

    private static func expression(owner: String, asked: String, by giver: String, isAccepted: String) -> String {
        """
        (CASE WHEN p.promised_by <> '\(Promiser.desk.rawValue)' THEN NULL
            WHEN \(asked) IS NULL THEN coalesce(\(owner), CASE WHEN p.imported = 0 AND p.made_by_id IS NOT (
                SELECT id FROM name WHERE role = 'actor' AND spelling = '\(Actor.policy.name)') THEN p.made_by_id END)
            WHEN \(isAccepted) THEN \(owner)
            ELSE \(giver) END)
        """
    }
}
