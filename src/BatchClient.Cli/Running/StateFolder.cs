using System.CommandLine;
using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Output;
using BatchGateway.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Cli.Running;

/// <summary>
/// The option <c>--state DIR</c>. By default all runs of a user are in one folder, wherever the tool is started: a run that is asked for again by its
/// name is found again, and nothing is paid for twice.
/// </summary>
internal sealed class StateFolder : Option<string?>
{
    public StateFolder()
        : base("--state")
    {
        Description = $"The folder that runs are kept in; one process at a time uses it [default: {Default}]";
        HelpName = "DIR";
    }

    private static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), Tool.Name, "runs");

    public string Of(Session session) => Path.GetFullPath(session.Get(this) is { Length: > 0 } folder ? folder : Default);

    /// <summary>Whether anything was ever kept there: to look must not make a folder.</summary>
    public bool Exists(Session session) => Directory.Exists(Of(session));

    /// <summary>The runs in the folder. To look at them takes neither a gateway nor a key.</summary>
    public IBatchRuns Open(Session session, TimeSpan? poll = null)
    {
        session.Add(services => services.AddBatchRuns(options =>
        {
            options.StateFolder = Of(session);
            options.TimeProvider = session.Clock;
            options.PollInterval = poll;
        }));
        return session.Services.GetRequiredService<IBatchRuns>();
    }

    /// <summary>The runs in the folder, when this one is among them.</summary>
    /// <exception cref="ReportedException">There is no run of this name.</exception>
    public async Task<(IBatchRuns Runs, BatchRunInfo Run)> FindAsync(Session session, string name)
    {
        if (!Exists(session))
            throw NoRun(session, name);

        IBatchRuns runs = Open(session);
        return (runs, await runs.FindAsync(name, session.Cancelled) ?? throw NoRun(session, name));
    }

    private ReportedException NoRun(Session session, string name) => new(new(
        "no_run", $"There is no run '{name}' in {Of(session)}.", "Nothing was changed.", $"See which there are: {Tool.Name} runs list; or name another folder: --state DIR.", ExitCode.Usage));
}
