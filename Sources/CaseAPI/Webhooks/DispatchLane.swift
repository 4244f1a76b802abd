import CaseStore
import Complaints

/// What the dispatcher remembers of a webhook.
struct DispatchLane {
    var lane: WebhookLane
    /// The last event that was looked at; what is on disk may be some behind where nothing was taken.
    var seen: Int64
    /// When what was looked at was written down last, by the clock that nobody sets.
    var placedAt = MonotonicClock.now()
    /// Whether events were taken that are not on disk yet.
    var isTaking = false
    /// Whether as much waits as may, until something of it is done.
    var isFull = false
    /// Deliveries whose time has come, in order.
    var queue: [DueDelivery] = []
    /// How many attempts have not been written down: what is on disk says otherwise until then.
    var unwritten = 0
    /// Whether there may be more whose time has come.
    var mayHaveDue = true
    /// When the time of another one comes.
    var next: Instant?
    /// Whether it is being turned off.
    var isEnding = false

    init(_ lane: WebhookLane) {
        self.lane = lane
        seen = lane.cursor
    }

    var receiver: String { lane.webhook.url.origin }

    /// Takes over what is on record by now. What was read for a former version is read again.
    mutating func update(_ lane: WebhookLane) {
        if lane.webhook.version != self.lane.webhook.version {
            queue = []
            mayHaveDue = true
            isEnding = false
        }
        self.lane = lane
        seen = max(seen, lane.cursor)
    }

    /// Nothing more is posted, until it is another version.
    mutating func end() {
        isEnding = true
        queue = []
    }

    /// Whether it has passed over events of which what is on disk knows nothing.
    var isAhead: Bool { seen > lane.cursor && !isTaking }

    /// Whether the record can be asked for more.
    func isEmpty(at now: Instant) -> Bool {
        queue.isEmpty && unwritten == 0 && !isEnding && (mayHaveDue || next.map { $0 <= now } ?? false)
    }
}

/// What the dispatcher remembers of a receiver, which gets one request at a time from whatever webhooks.
struct DispatchReceiver {
    var isBusy = false
    /// How often in a row it took nothing at all.
    var failures = 0
    /// Until when it is left alone.
    var quietUntil = Instant.earliest
    /// The webhook that was served last: the next one after it goes first.
    var lastServed: Int64 = 0
}
