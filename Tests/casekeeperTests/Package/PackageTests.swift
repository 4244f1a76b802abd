import Foundation
import Testing

@testable import casekeeper

/// The Debian package of a debug build; `make package-life` has the shipped one, with whatever may be in its way, and booted.
@Suite("The package")
struct PackageTests {
    let folder = try! TemporaryFolder()
    /// What Debian's tools go by, wherever the tests run.
    let environment = [
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBFULLNAME": "The desk",
        "DEBEMAIL": "desk@users.noreply.example",
    ]

    @Test("has what an operator looks for, a unit that leaves the service little, and nothing that lintian minds")
    func look() throws {
        let script = Repository.root.appending(path: "Tests/Package/look.py").path
        let result = try RunningProcess(
            path: "/usr/bin/python3", [script, "--binary", Binary.path, "--folder", folder.url.path],
            environment: environment, in: folder
        ).wait()
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("is installed, upgraded, removed and purged on a fresh Debian, and loses nothing that is not asked for")
    func life() throws {
        let script = Repository.root.appending(path: "Tests/Package/life.py").path
        // Beside the packages from PyPI, as the fresh Debian is kept for a week.
        let place = Repository.root.appending(path: ".build-test/package").path
        let result = try RunningProcess(
            path: "/usr/bin/python3", [script, "--binary", Binary.path, "--folder", place, "--only", "chroot"],
            environment: environment, in: folder
        ).wait()
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("with a yes the database goes, too"))
    }

    @Test("has a setting for each option of serve, and for what doctor is told of the machine")
    func settings() throws {
        let script = Repository.root.appending(path: "debian/describe.py").path
        let result = try RunningProcess(
            path: "/usr/bin/python3",
            [
                script, "--binary", Binary.path, "--root", folder.url.path, "--version", "1.2.3", "--date",
                "2026-11-30",
            ],
            environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        #expect(result.exitCode == 0, "\(result.errors)")
        let text = try folder.read("etc/casekeeper/casekeeper.conf")
        let page = try RunningProcess(
            path: "/bin/zcat", [folder.path("usr/share/man/man5/casekeeper.conf.5.gz")], environment: [:], in: folder
        ).wait().output
        let options =
            DeclaredOption.options(of: ServeCommand.self).filter { $0.name != "config" }
            + DeclaredOption.options(of: DoctorOptions.self) + DeclaredOption.options(of: BackupRetentionOptions.self)
            + DeclaredOption.options(of: HeadOptions.self)
        for option in options {
            let isNamed = text.contains("#\(OptionSources.variable(option.name))=") || option.name == "database"
            #expect(isNamed, "\(option.name)")
            let isTold = page.contains("\(OptionSources.variable(option.name))\\fR")
            #expect(isTold, "\(option.name)")
        }
        #expect(text.matches(of: /(?m)^#?CASEKEEPER_/).count == options.count)
    }
}
