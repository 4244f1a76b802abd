import CaseStore
import Complaints
import Foundation
import HTTPClient
import HTTPServer
import Logging
import Synchronization

/// Webhook dispatcher: posts to webhooks what the log has for them.
///
/// The log is the outbox. Each webhook has a cursor in it; what lies beyond is taken in hand a bounded part at a time, as rows of
/// deliveries, and the cursor moves in the same commit. A delivery is posted until it is taken, or its webhook is turned off, so
/// each is posted at least once whenever the process ends. Those of one case go out in order: one that failed holds what
/// follows in its case, and nothing else.
///
/// All of it is one thread's (`DispatchLoop`), which drives libcurl, has a connection to the database for itself, and hands what
/// it has to write down to the writer, many attempts in a change and one change at a time. No loop and no request waits for it,
/// nor for any receiver. It is started with the first webhook that there is.
final class Dispatcher: Sendable {
    private struct State {
        var mail: DispatchMail?
        /// What the loop's thread signals once it has ended.
        var ended: DispatchSemaphore?
        var isStopped = false
    }

    private let store: CaseStore
    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let rules: ReceiverRules
    private let limits: TransferLimits
    private let links: PublicLinks
    private let agent: String
    private let logger: Logger
    private let state = Mutex(State())
    let counters = WebhookCounters()

    /// - Parameters:
    ///   - posts: whether it ever begins.
    ///   - links: where people find the service.
    ///   - version: the program's, for its User-Agent.
    init(
        store: CaseStore, writer: BatchWriter<Reply<Reader>.Prepared>, rules: ReceiverRules,
        limits: TransferLimits = TransferLimits(), posts: Bool = true, links: PublicLinks = .relative, version: String,
        logger: Logger
    ) {
        self.store = store
        self.writer = writer
        self.rules = rules
        self.limits = limits
        self.links = links
        agent = version.isEmpty ? "Casekeeper" : "Casekeeper/\(version)"
        self.logger = logger
        state.withLock { $0.isStopped = !posts }
    }

    deinit {
        state.withLock(\.mail)?.stop()
    }

    /// Whether somebody is told of this URL, as far as it can be told before its host is looked up.
    func issues(of url: WebhookURL?) -> [FieldIssue] { rules.issues(of: url) }

    /// A batch of this process is on disk. Called on the writer's queue.
    func committed(_ changes: CommittedChanges) {
        guard changes.events != nil || changes.touchesWebhooks else { return }
        if let mail = state.withLock(\.mail) {
            mail.want(isTouched: changes.touchesWebhooks)
        } else if changes.touchesWebhooks {
            start()
        }
    }

    /// Looks whether there is any webhook. For the start, and for when another process has written.
    func lookAtRecord() {
        if let mail = state.withLock(\.mail) { return mail.want(isTouched: true) }
        do {
            let hasAny = try store.makeReader().read { try !$0.webhookLanes(at: store.time).isEmpty }
            if hasAny { start() }
        } catch {
            logger.warning("it could not be read what webhooks there are", metadata: ["error": "\(error)"])
        }
    }

    /// Posts nothing any more. What is under way is broken off, and posted again after the next start; what came of the rest is
    /// handed to the writer.
    func stop() {
        let ended = state.withLock { state in
            state.isStopped = true
            state.mail?.stop()
            defer { state.ended = nil }
            return state.ended
        }
        ended?.wait()
    }

    private func start() {
        let isStarted = state.withLock { state in
            guard !state.isStopped, state.mail == nil else { return true }
            let admits: Transfers.Admission = { [rules] bytes, isEncrypted in
                IPAddress(networkOrder: bytes).map { rules.admits($0, isEncrypted: isEncrypted) } ?? false
            }
            guard let transfers = Transfers(limits: limits, admits: admits) else { return false }
            let mail = DispatchMail { transfers.wake() }
            let ended = DispatchSemaphore(value: 0)
            let parts = DispatchLoop.Parts(
                store: store, writer: writer, transfers: transfers, mail: mail, counters: counters, links: links,
                agent: agent, logger: logger)
            Thread.detachNewThread {
                defer { ended.signal() }
                do {
                    var loop = DispatchLoop(parts, try parts.store.makeReader())
                    loop.run()
                } catch {
                    parts.logger.error("webhooks can't be posted to", metadata: ["error": "\(error)"])
                }
            }
            (state.mail, state.ended) = (mail, ended)
            return true
        }
        if !isStarted { logger.error("webhooks can't be posted to: there are no means for it") }
    }
}
