import CCurl
import Glibc

/// The requests that go out, driven by one thread: libcurl's multi interface, with connections that are used again. Every
/// address is asked for before it is connected to, whatever name led to it; no proxy, no redirect and nothing of the
/// environment has a say.
///
/// All but `wake` is for one thread alone, which is the one that drives it. It is `@unchecked Sendable` so that this
/// thread can be another than the one that made it, and others can wake it: `wake` calls curl_multi_wakeup, which may be
/// called from any thread, and the handle lasts as long as this object.
public final class Transfers: @unchecked Sendable {
    /// Whether an address may be connected to: 4 or 16 bytes in network order.
    public typealias Admission = @Sendable (_ address: [UInt8], _ isEncrypted: Bool) -> Bool

    /// What libcurl's callbacks are given.
    private final class Gate {
        let admits: Admission

        init(_ admits: @escaping Admission) {
            self.admits = admits
        }
    }

    private let gate: Gate
    private let desk: OpaquePointer
    private let limits: TransferLimits
    /// How many are under way.
    public private(set) var count = 0

    /// Nil when there is no memory for it.
    public init?(limits: TransferLimits = TransferLimits(), admits: @escaping Admission) {
        let gate = Gate(admits)
        let desk = ccurl_open(
            limits.atOnce,
            { context, isEncrypted, address, length in
                guard let context, let address else { return false }
                let gate = Unmanaged<Gate>.fromOpaque(context).takeUnretainedValue()
                return gate.admits(Array(UnsafeBufferPointer(start: address, count: length)), isEncrypted)
            }, Unmanaged.passUnretained(gate).toOpaque())
        guard let desk else { return nil }
        self.gate = gate
        self.desk = desk
        self.limits = limits
    }

    deinit {
        ccurl_close(desk)
    }

    /// Whether as many are under way as may be.
    public var isFull: Bool { count >= limits.atOnce }

    /// Begins a request; false when there is no memory for it.
    ///
    /// - Precondition: no text in it has a NUL or a line break, and `isFull` is false.
    public func start(_ request: OutgoingRequest) -> Bool {
        precondition(!isFull, "more requests than may be under way")
        let lines =
            request.fields.map { "\($0.name): \($0.value)" }
            // Nothing waits for a 100.
            + ["Expect:"]
        let fields = lines.map { strdup($0) }
        defer { for field in fields { free(field) } }
        let socket = request.socket.map { strdup($0) } ?? nil
        defer { free(socket) }
        let isStarted = request.url.withCString { url in
            (request.body ?? []).withUnsafeBufferPointer { body in
                fields.map { UnsafePointer($0) }.withUnsafeBufferPointer { fields in
                    var started = ccurl_request(
                        id: request.id, url: url, socket_path: socket, is_get: request.body == nil,
                        is_encrypted: request.isEncrypted,
                        fields: fields.baseAddress,
                        field_count: fields.count, body: body.baseAddress, body_length: body.count,
                        connect_milliseconds: limits.connectMilliseconds, milliseconds: limits.milliseconds,
                        kept: limits.kept, longest: limits.longestAnswer)
                    return ccurl_start(desk, &started)
                }
            }
        }
        if isStarted { count += 1 }
        return isStarted
    }

    /// Waits until something can go on, somebody calls `wake`, or so many milliseconds are over.
    public func wait(milliseconds: Int32) { ccurl_wait(desk, milliseconds) }

    /// Ends a wait, or the next one. From any thread.
    public func wake() { ccurl_wake(desk) }

    /// Those that are done since it was last asked.
    public func finished() -> [OutgoingOutcome] {
        var outcomes: [OutgoingOutcome] = []
        var outcome = ccurl_outcome()
        while ccurl_next(desk, &outcome) {
            count -= 1
            outcomes.append(OutgoingOutcome(outcome))
        }
        return outcomes
    }
}

extension OutgoingOutcome {
    fileprivate init(_ outcome: ccurl_outcome) {
        var outcome = outcome
        id = outcome.id
        milliseconds = outcome.milliseconds
        guard outcome.status > 0 else {
            result = .failure(outcome.was_refused ? .addressRefused : OutgoingFailure(ccurl_failure_of(outcome.code)))
            return
        }
        let beginning = withUnsafeBytes(of: &outcome.kept) { Array($0.prefix(outcome.kept_length)) }
        result = .success(
            OutgoingAnswer(
                status: outcome.status, retryAfter: outcome.retry_after > 0 ? outcome.retry_after : nil,
                beginning: beginning,
                breach: outcome.code == 0 ? nil : OutgoingFailure(ccurl_failure_of(outcome.code))))
    }
}

extension OutgoingFailure {
    fileprivate init(_ failure: ccurl_failure) {
        switch failure {
        case CCURL_UNRESOLVED: self = .unresolved
        case CCURL_NOT_CONNECTED: self = .notConnected
        case CCURL_TIMED_OUT: self = .timedOut
        case CCURL_NOT_TRUSTED: self = .notTrusted
        case CCURL_BROKEN_OFF: self = .brokenOff
        default: self = .failed
        }
    }
}
