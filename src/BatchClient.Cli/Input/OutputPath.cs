using System.CommandLine;
using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Input;

/// <summary>The option <c>--out PATH</c>: looked at before anything is sent.</summary>
internal sealed class OutputPath : Option<string>
{
    public OutputPath(string description)
        : base("--out")
    {
        Description = description;
        HelpName = "PATH";
        Required = true;
    }

    /// <exception cref="ReportedException">Nothing can be written there.</exception>
    public string Of(Session session)
    {
        string path = Path.GetFullPath(session.Get(this)!);
        if (Directory.Exists(path))
            throw ReportedException.Usage($"'{path}' is a folder.", "Name the file to be written: --out PATH.");
        return Directory.Exists(Path.GetDirectoryName(path)) ? path : throw ReportedException.Usage(
            $"There is no folder '{Path.GetDirectoryName(path)}' to write to.", "Make it, or name another one: --out PATH.");
    }
}
