/// The version of a regime that holds for a case, with its calendar: it is chosen once, by when the complaint was received.
package struct RegimeInForce: Sendable {
    /// Its clocks.
    package let timetable: RegimeTimetable

    /// A version with its calendar.
    package init(_ timetable: RegimeTimetable) {
        self.timetable = timetable
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
