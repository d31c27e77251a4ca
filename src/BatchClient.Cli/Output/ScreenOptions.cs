using System.CommandLine;
using BatchGateway.Cli.Settings;

namespace BatchGateway.Cli.Output;

/// <summary>How the user wants to be told.</summary>
internal sealed record ScreenOptions(bool IsJson, bool IsQuiet, bool IsVerbose, bool HasColor)
{
    /// <summary>
    /// Of arguments that may be wrong: then the words count, so that <c>--json</c> is kept even for the report of what is wrong.
    /// </summary>
    public static ScreenOptions Of(ParseResult arguments, string[] words)
    {
        return new(Is(GlobalOptions.Json), Is(GlobalOptions.Quiet), Is(GlobalOptions.Verbose), !Is(GlobalOptions.NoColor));

        bool Is(Option<bool> option) => arguments.Errors.Count > 0 ? words.Contains(option.Name) : arguments.GetValue(option);
    }

    /// <summary>Of arguments that are right.</summary>
    public static ScreenOptions Of(ParseResult arguments) => Of(arguments, []);
}
