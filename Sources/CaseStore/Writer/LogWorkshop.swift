import Complaints

/// What log entries are put together in: buffers that are used again for each, so that an entry costs next to nothing
/// but its hashes.
final class LogWorkshop {
    /// The facts of the entry in hand, as they are to be on record.
    private(set) var facts: [UInt8] = []
    /// Its texts; empty when it has none.
    private(set) var texts: [UInt8] = []
    private var covered: [UInt8] = []
    let makeSalt: () -> [UInt8]

    init(makeSalt: @escaping () -> [UInt8]) {
        self.makeSalt = makeSalt
    }

    convenience init() {
        self.init(makeSalt: SaltSource().next)
    }

    /// Takes an entry in hand.
    func encode(_ draft: LogDraft) {
        FactCoding.encode(draft.facts, into: &facts)
        if draft.texts.isEmpty {
            texts.removeAll(keepingCapacity: true)
        } else {
            FactCoding.encode(draft.texts, into: &texts)
        }
    }

    func digest(salt: [UInt8], actor: String, complaint: String?) -> [UInt8] {
        LogChain.digest(salt: salt, actor: actor, texts: texts, complaint: complaint, in: &covered)
    }

    func hash(after previous: [UInt8], _ link: LogChain.Link, digest: [UInt8]) -> [UInt8] {
        LogChain.hash(after: previous, link, facts: facts, digest: digest, in: &covered)
    }
}
