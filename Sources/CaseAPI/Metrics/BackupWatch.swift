import CaseStore
import Complaints
import Dispatch
import Synchronization

/// What is known of the newest backup in a folder that other processes write: asked for by whoever asks for the figures, and looked
/// up on a thread of its own, as the folder may be on a disk that does not answer, which nobody here is to wait for.
final class BackupWatch: Sendable {
    private struct State {
        var newest = BackupFolder.Newest.unknown
        /// By the boot clock; nil where nobody has looked.
        var lookedAt: ElapsedTime?
        var isLooking = false
    }

    /// How long what was seen is told without another look.
    private static let freshness = ElapsedTime.seconds(30)
    /// After how long it is not known any more, as no look comes to its end.
    private static let patience = ElapsedTime.seconds(300)

    private let folder: String?
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "casekeeper.backups", qos: .utility)

    /// - Parameter folder: nil where nothing is known of backups.
    init(folder: String?) {
        self.folder = folder
        look()
    }

    /// What was seen last; another look is begun where that is a while ago.
    var newest: BackupFolder.Newest {
        let now = StoreOptions.systemBootClock()
        let (newest, age) = state.withLock {
            ($0.newest, $0.lookedAt.map { ElapsedTime(milliseconds: now.milliseconds - $0.milliseconds) })
        }
        if age.map({ $0 > Self.freshness }) ?? true { look() }
        return age.map { $0 <= Self.patience } == true ? newest : .unknown
    }

    private func look() {
        guard let folder else { return }
        let isFree = state.withLock { state in
            defer { state.isLooking = true }
            return !state.isLooking
        }
        guard isFree else { return }
        queue.async { [weak self] in
            let newest = BackupFolder(folder).newest
            self?.state.withLock { $0 = State(newest: newest, lookedAt: StoreOptions.systemBootClock()) }
        }
    }

    func write(_ text: inout MetricsText) {
        text.metric(
            "casekeeper_last_backup_timestamp_seconds", .gauge,
            "When the newest file in --backups was written that is a backup, in seconds since 1970 UTC: 0 where there is none; no "
                + "sample where nobody can tell."
        ) { samples in
            switch newest {
            case .unknown: break
            case .none: samples.sample([:], 0)
            case .made(let instant): samples.sample([:], Int(instant.milliseconds / 1000))
            }
        }
    }
}
