using System.CommandLine;
using System.CommandLine.Parsing;

namespace BatchGateway.Cli.Input;

/// <summary>Options of the form <c>key=value</c>, as often as one likes.</summary>
internal static class Pairs
{
    public static Option<IReadOnlyDictionary<string, string>> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "k=v",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Parse,
        DefaultValueFactory = _ => new Dictionary<string, string>(),
    };

    private static Dictionary<string, string> Parse(ArgumentResult result)
    {
        Dictionary<string, string> pairs = [];
        foreach (Token token in result.Tokens)
        {
            int at = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
                pairs[token.Value[..at].Trim()] = token.Value[(at + 1)..].Trim();
            else
                result.AddError($"'{(at < 0 ? token.Value : "=...")}' is no pair: write it as key=value.");
        }

        return pairs;
    }
}
