import CaseStore
import Complaints

extension QueryReader.KnownName {
    /// Whether the record has it.
    func isKnown(in transaction: ReadTransaction) throws -> Bool {
        try names.contains { name in
            switch kind {
            case .name(let roles): try roles.contains { try transaction.isKnown(name, as: $0) }
            case .tag: try transaction.isKnown(tag: name)
            case .caseID(let id): try transaction.isCase(id)
            case .customerID(let id): try transaction.isCustomer(id)
            case .regime: try transaction.isKnown(regime: name)
            case .team: try transaction.isKnown(team: name)
            }
        }
    }

    /// What to say of one that it does not have, with what was most likely meant.
    func advice(in transaction: ReadTransaction) throws -> String {
        let name = names[0]
        let (what, nearest): (String, String?)
        switch kind {
        case .name(let roles):
            what = "No \(roles.map(\.rawValue).joined(separator: " and no ")) on record has the name \"\(name)\"."
            nearest = try roles.compactMap { try transaction.nearestName(to: name, as: $0) }.first
        case .tag:
            what = "No case has, or had, the tag \"\(name)\"."
            nearest = try transaction.nearestTag(to: name)
        case .caseID: (what, nearest) = ("There is no case \(name).", nil)
        case .customerID: (what, nearest) = ("There is no customer \(name).", nil)
        case .regime:
            what = "There is no regime \(name)."
            nearest = try transaction.nearestRegime(to: name)
        case .team:
            what = "No case, owner or calendar on record has the team \"\(name)\"."
            nearest = try transaction.nearestTeam(to: name)
        }
        return what + (nearest.map { " Did you mean \($0)?" } ?? "") + " allow_unknown=true accepts it."
    }
}
