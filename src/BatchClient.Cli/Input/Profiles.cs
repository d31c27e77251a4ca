using System.CommandLine;
using System.CommandLine.Parsing;
using BatchGateway.Cli.Commands;

namespace BatchGateway.Cli.Input;

/// <summary>What a provider allows in one batch, by the provider's name.</summary>
internal static class Profiles
{
    private const string Default = "openai";

    private static readonly Dictionary<string, BatchLimits> All = new(StringComparer.OrdinalIgnoreCase)
    {
        [Default] = BatchLimits.OpenAI,
        ["azure"] = BatchLimits.Azure,
        ["bedrock"] = BatchLimits.Bedrock,
        ["vertex"] = BatchLimits.Vertex,
    };

    public static Option<BatchLimits?> Option()
    {
        Option<BatchLimits?> option = new("--profile")
        {
            Description = $"The limits of a provider: {string.Join(", ", All.Keys)} [default: {Default}]",
            HelpName = "P",
            CustomParser = Parse,
        };
        option.CompletionSources.Add([.. All.Keys]);
        return option;
    }

    /// <summary>What the user has chosen. The default is not the option's own, for the help would print all its numbers.</summary>
    public static BatchLimits LimitsOf(this Session session, Option<BatchLimits?> option) => session.Get(option) ?? All[Default];

    private static BatchLimits? Parse(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (All.TryGetValue(name, out BatchLimits? limits))
            return limits;

        result.AddError($"'{name}' is no profile: {string.Join(", ", All.Keys)}.");
        return null;
    }
}
