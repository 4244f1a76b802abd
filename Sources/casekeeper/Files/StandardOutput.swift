/// What a command was asked for. That it can't be written is a failure of the command, not of nobody.
enum StandardOutput {
    /// Writes a line.
    static func print(_ line: String) throws {
        var output = try OutputFile()
        try output.write((line + "\n").utf8)
        try output.flush()
    }
}
