import CaseStore

/// What a command was asked for. That it can't be written is a failure of the command, not of nobody.
enum StandardOutput {
    /// Looks whether it leads into one of the files that a command reads or writes.
    ///
    /// - Throws: `CopyError.ownSource` if so.
    static func requireApart(from files: FileNames) throws(CopyError) {
        try OutputChannel.standard.requireApart(from: files, "standard output")
    }

    /// Writes a line.
    static func print(_ line: String) throws {
        var output = try OutputFile()
        try output.write((line + "\n").utf8)
        try output.flush()
    }
}
