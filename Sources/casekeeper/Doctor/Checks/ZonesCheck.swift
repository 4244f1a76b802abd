import Complaints

extension DoctorCheck {
    static let zones = DoctorCheck("zones", "whether the system has the time zones that calendars and owners go by") {
        inspection in
        if let version = inspection.zones.version { return [.ok("the time zone database is \(version)")] }
        return [
            .error(
                "this system has no time zone database", why: "calendars, owners and --time-zone can name none but UTC",
                remedy: "apt-get install tzdata")
        ]
    }
}
