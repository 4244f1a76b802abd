import CaseStore
import Complaints

/// Which of two services that have the same record is the one that takes changes, by their epochs and by where their logs end.
enum Comparison {
    /// The other has another record, by the entry that its log begins with: nothing that it says is about this one.
    case foreign
    /// Nobody can tell whether it has this record: an earlier version does not say so, and its log ends where this one has nothing,
    /// or something else.
    case unknown
    /// The other goes on with it, in a higher epoch.
    case superseded(by: Int64)
    /// The other is of an earlier one.
    case goesOn(theirs: Int64)
    /// In the same epoch the other's log has another entry where it ends than this one.
    case diverged(entry: Int64)
    /// The other's log is the beginning of this one, or as long: so many entries are not there.
    case contained(lacking: Int64)
    /// The other's log is longer; whether this one is its beginning, only the other can tell.
    case ahead(by: Int64)

    /// - Parameter hash: that of an entry here.
    init(_ theirs: OtherService.Head, own: LogHead?, hash: (Int64) throws -> String?) rethrows {
        let (epoch, last) = (own?.epoch ?? 1, own?.id ?? 0)
        let other = theirs.epoch ?? 1
        if let record = theirs.record, own?.record.isExactly(record) != true {
            self = .foreign
        } else if theirs.record == nil, try hash(theirs.id)?.isExactly(theirs.hash) != true {
            self = .unknown
        } else if other > epoch {
            self = .superseded(by: other)
        } else if other < epoch {
            self = .goesOn(theirs: other)
        } else if theirs.id > last {
            self = .ahead(by: theirs.id - last)
        } else if try hash(theirs.id)?.isExactly(theirs.hash) == true {
            self = .contained(lacking: last - theirs.id)
        } else {
            self = .diverged(entry: theirs.id)
        }
    }

    /// Whether all is as it should be.
    var isWell: Bool {
        switch self {
        case .foreign, .unknown, .superseded, .goesOn, .diverged: false
        case .contained, .ahead: true
        }
    }

    /// What it comes to, and what is to be done.
    ///
    /// - Parameter isTold: whether the other one, of an earlier epoch, was told of this one's.
    func words(_ url: String, epoch: Int64, isTold: Bool) -> String {
        switch self {
        case .foreign:
            "\(url) has another record: its log begins with another entry than this one. Nothing was changed; look at the URL, and "
                + "at which database this is."
        case .unknown:
            "\(url) does not say which record it has, as its version is an earlier one, and ends with an entry that is not in this "
                + "log. Nothing was changed; bring it to this version first."
        case .superseded(let theirs):
            "\(url) is of epoch \(theirs), and this database of epoch \(epoch): it keeps no changes any more. Stop its "
                + "service; if it is the other one that is to stop, casekeeper promote."
        case .goesOn(let theirs) where isTold:
            "\(url) is of epoch \(theirs), and this database of epoch \(epoch): it was told, and keeps no changes any more. Stop "
                + "that service."
        case .goesOn(let theirs):
            "\(url) is of epoch \(theirs), and this database of epoch \(epoch): stop that service, or give an "
                + "administrator's token of it with --token-file, or run casekeeper verify --against this one beside its database, so "
                + "that it keeps no changes any more."
        case .diverged(let entry):
            "\(url) is of the same epoch, \(epoch), and its log has another entry \(entry): both have taken changes. Stop one of "
                + "them, promote the other, and enter again there what only the first one has."
        case .contained(0): "\(url) ends with the same entry"
        case .contained(let lacking): "\(url) ends with an entry of this log, \(lacking) before its end"
        case .ahead(let entries):
            "\(url) is \(entries) entries ahead; whether this log is the beginning of it, casekeeper verify tells beside that "
                + "database, with this head"
        }
    }
}
