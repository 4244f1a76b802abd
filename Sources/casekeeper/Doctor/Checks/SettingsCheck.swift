extension DoctorCheck {
    static let settings = DoctorCheck(
        "settings",
        "who may write and read the file of configuration, and names in the environment that are no option's"
    ) { inspection in
        let file = inspection.file.map { "\($0) is read" } ?? "there is no file of configuration"
        let summary = Finding.ok(
            "\(file), and \(inspection.set.count) of all settings are given: casekeeper config shows them")
        let notes = inspection.notes.map { note in
            Finding.warning(
                note,
                why:
                    "whoever writes a setting says what the service does, and what does nothing was meant to do something",
                remedy: "casekeeper config shows what is in force, and where it is from")
        }
        return [summary] + notes
    }
}
