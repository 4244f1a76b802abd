import CaseStore
import Complaints

// Names that must be on record.
extension QueryReader {
    /// A name that a filter was given.
    struct KnownName: Sendable, Hashable {
        /// What it may be the name of.
        enum Kind: Sendable, Hashable {
            case name([NameRole])
            case tag
            case caseID(Int64)
            case customerID(Int64)
            case regime
            /// Of cases, owners or calendars.
            case team
        }

        let parameter: String
        /// As it was given, and what else it may have been meant as: one of them must be known.
        let names: [String]
        let kind: Kind
    }

    /// A name of that role, or of the other, which the database must have seen. Where it is somebody's, `me` is whoever asks.
    mutating func name(
        _ parameter: String, as role: NameRole, or other: NameRole? = nil, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue
    ) -> String? {
        describe(
            parameter, .asked,
            "\(meaning()) Compared without case; one that is on no record is refused."
                + (role.isSomebody ? " me is whoever asks." : ""),
            example: example())
        takeNames()
        guard let text = exact(parameter) else { return nil }
        let name = String(text.string.trimmingSpaces)
        if role.isSomebody, Speaker.isMeant(by: name) {
            guard let speaker = speaker.name else {
                issues.append(parameter, .invalidParameter, word: .invalidValue, Speaker.advice)
                return nil
            }
            me = speaker
            return speaker
        }
        require(KnownName(parameter: parameter, names: [name], kind: .name([role] + (other.map { [$0] } ?? []))))
        return name
    }
}
