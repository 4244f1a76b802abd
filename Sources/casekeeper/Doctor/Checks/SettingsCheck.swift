import CaseStore

extension DoctorCheck {
    static let settings = DoctorCheck(
        "settings",
        "who may write and read the file of configuration, and names in the environment that are no option's"
    ) { inspection in
        let file = inspection.file.map { "\($0) is read" } ?? "there is no file of configuration"
        let summary = Finding.ok(
            "\(file), and \(given(inspection.set.count)): casekeeper config shows them all")
        let notes = inspection.notes.map { note in
            Finding.warning(
                note,
                why:
                    "whoever writes a setting says what the service does, and what does nothing was meant to do something",
                remedy: "casekeeper config shows what is in force, and where it is from")
        }
        return lost(inspection) ?? [summary] + unreadable(inspection) + notes
    }

    /// That the package's file is gone, so that what follows looks at another database than the service's.
    private static func lost(_ inspection: Inspection) -> [Finding]? {
        guard Inspection.isPackageThere, inspection.file == nil, FileStatus(ConfigurationFile.usualPath) == nil,
            !inspection.set.contains(where: { $0.option.name == "database" || $0.option.name == "config" })
        else { return nil }
        return [
            .error(
                "there is no \(ConfigurationFile.usualPath), which names the database of the package's service",
                why: "what is looked at is \(DatabaseName.absolute(inspection.database)), which is none of its",
                remedy:
                    "put it back, or have the package's: apt-get install --reinstall -o Dpkg::Options::=--force-confmiss casekeeper; or "
                    + "give --database")
        ]
    }

    /// A file that root reads, and the service can't.
    private static func unreadable(_ inspection: Inspection) -> [Finding] {
        guard let file = inspection.file, let user = ServiceUser(ofDatabase: inspection.database), user.id != 0,
            user.mayRead(file) == false
        else { return [] }
        let word = DatabaseName.shellWord(file)
        return [
            .error(
                "\(user.words), whose the database is, can't read \(file)",
                why: "a service of that user does not start with a file that it can't read",
                remedy:
                    "chgrp \(user.groupName ?? "GROUP") \(word) && chmod g+r \(word), and let that group enter its folder"
            )
        ]
    }

    private static func given(_ count: Int) -> String {
        switch count {
        case 0: "no setting is given"
        case 1: "1 setting is given"
        case let count: "\(count) settings are given"
        }
    }
}
