using BatchGateway.Cli.Running;
using Microsoft.Extensions.Options;

namespace BatchGateway.Cli.Output;

/// <summary>Makes of every exception what a user is told: the one place where a failure gets its kind and its exit code.</summary>
internal static class ErrorReports
{
    public static ErrorReport Of(Exception exception) => exception switch
    {
        ReportedException reported => reported.Report,
        AmbiguousCreateException => Told("ambiguous_create", exception, ExitCode.Ambiguous),
        BatchApiException { IsRouteUnsupported: true } => Told("unsupported", exception, ExitCode.Gateway),
        BatchApiException => Told("refused", exception, ExitCode.Gateway),
        BatchConnectionException => Told("unreachable", exception, ExitCode.Gateway),
        BatchResponseException => Told("unexpected_answer", exception, ExitCode.Gateway),
        BatchInputException => Told("input", exception, ExitCode.Usage),
        BatchNotCompletedException => Told("not_completed", exception, ExitCode.NotAllSucceeded),
        BatchWaitTimeoutException => Told("wait_timeout", exception, ExitCode.Unfinished),
        Runs.BatchRunConflictException => Told("run_conflict", exception, ExitCode.Usage),
        Runs.BatchRunException stopped => RunReports.Of(stopped),
        BatchClientException failure => RunReports.OfState(failure),
        OptionsValidationException invalid => Invalid(invalid),
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
            ErrorReport.Usage(exception.Message, "Check the path and who may use it."),
        IOException => new("local_file", exception.Message, "What is at the gateway is as it was.", "Mend it, then run the same command again.", ExitCode.Unfinished),
        _ => Unexpected(exception),
    };

    private static ErrorReport Told(string kind, Exception exception, ExitCode exitCode)
    {
        ThreeParts parts = ThreeParts.Of(exception.Message);
        return new(kind, parts.What, parts.State ?? StateOf(exitCode), parts.Next is { } next ? OfTool(next) : NextOf(exitCode), exitCode);
    }

    /// <summary>The library's advice names options of its own: here they are flags.</summary>
    private static string OfTool(string advice) => advice
        .Replace("set Provider.", "set --provider.", StringComparison.Ordinal)
        .Replace("ControlPlaneUrl", "--control-plane-url", StringComparison.Ordinal);

    private static ErrorReport Invalid(OptionsValidationException invalid)
    {
        string problems = string.Join(" ", invalid.Failures.Select(failure => failure[(failure.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        return new("settings", problems, "Nothing was sent.", "Correct the flag, the variable or the settings file that it comes from.", ExitCode.Usage);
    }

    private static ErrorReport Unexpected(Exception exception) => new(
        "internal",
        $"{exception.GetType().Name}: {exception.Message}",
        "This is a mistake in the tool; it is not known how far it came.",
        $"Run it again with --verbose, and report what it prints.",
        ExitCode.NotAllSucceeded);

    private static string StateOf(ExitCode exitCode) => exitCode switch
    {
        ExitCode.Usage => "Nothing was sent.",
        ExitCode.Unfinished => "The work goes on at the gateway.",
        _ => "Nothing else was done.",
    };

    private static string NextOf(ExitCode exitCode) => exitCode switch
    {
        ExitCode.Usage => "Correct it and try again.",
        ExitCode.Unfinished => "Run the same command again.",
        _ => "Run it again with --verbose to see what was sent and answered.",
    };
}
