/// The version of a regime that holds for a case, with its calendar: it is chosen once, by when the complaint was received.
package struct RegimeInForce: Sendable {
    /// Its clocks, by the calendar as it is now: what is promised now goes by that.
    package let timetable: RegimeTimetable
    /// The same by the calendar as it was on record as the case came to its stage: no later edit of that moves what is due by then
    /// without a promise.
    package let asBegun: RegimeTimetable

    /// A version with its calendar.
    ///
    /// - Parameter asBegun: with its calendar of before; nil where that is as it was.
    package init(_ timetable: RegimeTimetable, asBegun: RegimeTimetable? = nil) {
        self.timetable = timetable
        self.asBegun = asBegun ?? timetable
    }
}

extension RegimeInForce: Hashable {
    /// A version says the same for good.
    package static func == (a: RegimeInForce, b: RegimeInForce) -> Bool {
        a.timetable.regime.version == b.timetable.regime.version
            && a.timetable.regime.name.isExactly(b.timetable.regime.name)
    }

    /// By name and version.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(ExactText(timetable.regime.name))
        hasher.combine(timetable.regime.version)
    }
}
