using System.CommandLine;
using BatchGateway.Cli.Input;

namespace BatchGateway.Cli.Settings;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> ControlPlaneUrl = new("--control-plane-url")
    {
        Description = "The gateway's host or URL",
        HelpName = "URL",
    };

    public static readonly Option<string?> ApiPath = new("--api-path")
    {
        Description = $"The path of its API [default: {BatchGatewayOptions.DefaultApiPath}]",
        HelpName = "PATH",
    };

    public static readonly Option<string?> Provider = new("--provider")
    {
        Description = "The provider account",
        HelpName = "NAME",
    };

    public static readonly Option<IReadOnlyDictionary<string, string>> Headers = Pairs.Option("--header", "A header for every call, not for credentials; repeatable");

    public static readonly Option<TimeSpan?> RequestTimeout = Durations.Positive("--request-timeout", "The limit for one attempt of a call; of a transfer, for silence [default: 100s, and 5m]");

    public static readonly Option<bool> Json = new("--json") { Description = "One JSON document on stdout, and nothing else" };

    public static readonly Option<bool> NoColor = new("--no-color") { Description = "No colours" };

    public static readonly Option<bool> Quiet = new("--quiet") { Description = "No progress and no notes, only results and errors" };

    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Requests and answers, without secrets, on stderr" };

    public static IEnumerable<Option> All
    {
        get
        {
            Option[] all = [ControlPlaneUrl, ApiPath, Provider, Headers, RequestTimeout, Json, NoColor, Quiet, Verbose];
            foreach (Option option in all)
                option.Recursive = true;
            return all;
        }
    }
}
