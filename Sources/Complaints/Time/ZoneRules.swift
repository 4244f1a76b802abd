/// What the clocks of a zone show: a table of changes, looked through by halves, and the rule for all years after it.
struct ZoneRules: Sendable {
    /// When clocks are changed, in seconds since 1970, in order.
    private let times: [Int64]
    /// What they show from each of these on, in seconds ahead of UTC; before the first, `first`.
    private let offsets: [Int64]
    private let first: Int64
    /// From when on it is looked up in the rule.
    private let tableEnd: Int64
    private let rule: PosixZone?

    /// Up to when changes by the rule are written into the table: 2100-01-01. Most of what is asked for lies before it.
    private static let tableLimit: Int64 = 4_102_444_800
    /// From when on: 1800-01-01. Whoever had no change of clocks since then is looked up in the rule, so that a file which says so of
    /// a time before all history is read as fast as any.
    private static let tableStart: Int64 = -5_364_662_400

    /// The same offset at all times.
    init(offset: Int64) {
        (times, offsets, first, tableEnd, rule) = ([], [], offset, .max, nil)
    }

    /// Of a file.
    init(_ file: TZifFile) {
        rule = file.footer
        guard let last = file.times.last else {
            // Without changes the rule is for all times (RFC 9636 section 3.2).
            (times, offsets, first, tableEnd) = ([], [], file.first, file.footer == nil ? .max : .min)
            return
        }
        var times: [Int64] = []
        var offsets: [Int64] = []
        var shown = file.first
        func note(_ time: Int64, _ offset: Int64) {
            // What changes an abbreviation alone is no change of clocks.
            guard offset != shown else { return }
            times.append(time)
            offsets.append(offset)
            shown = offset
        }
        for (time, offset) in zip(file.times, file.offsets) { note(time, offset) }
        var end = Int64.max
        if let rule = file.footer {
            end = last + 1
            note(end, rule.span(at: end).offset)
            var next = rule.span(at: end).until
            while next >= Self.tableStart, next < Self.tableLimit {
                let span = rule.span(at: next)
                note(next, span.offset)
                (end, next) = (next + 1, span.until)
            }
        }
        (self.times, self.offsets, first, tableEnd) = (times, offsets, file.first, end)
    }

    /// How far clocks are ahead of UTC, in seconds.
    func offset(at time: Int64) -> Int64 {
        if time >= tableEnd, let rule { return rule.span(at: time).offset }
        let place = place(of: time)
        return place == 0 ? first : offsets[place - 1]
    }

    /// The same, with from when to when they are at least.
    func span(at time: Int64) -> OffsetSpan {
        if time >= tableEnd, let rule {
            // The rule is for all years, and knows nothing of what was changed before it held.
            let span = rule.span(at: time)
            return OffsetSpan(offset: span.offset, from: max(span.from, times.last ?? .min), until: span.until)
        }
        let place = place(of: time)
        return OffsetSpan(
            offset: place == 0 ? first : offsets[place - 1], from: place == 0 ? .min : times[place - 1],
            until: place < times.count ? times[place] : tableEnd)
    }

    /// How many changes there were up to a time.
    private func place(of time: Int64) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A time throughout which clocks are not changed.
struct OffsetSpan: Sendable, Hashable {
    /// Seconds ahead of UTC.
    let offset: Int64
    /// Its first second since 1970.
    let from: Int64
    /// The first second after it.
    let until: Int64
}
