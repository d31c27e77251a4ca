using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BatchGateway.Cli.Input;

/// <summary>Options that take a number from a range.</summary>
internal static class Numbers
{
    /// <summary>A limit: a whole number from 1.</summary>
    public static Option<long?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, 1, int.MaxValue) is { } number ? (long)number : null,
    };

    /// <summary>A port: 0 is any that is free.</summary>
    public static Option<int?> Port(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => (int?)Parse(result, name, 0, ushort.MaxValue),
    };

    /// <summary>A number to tell things apart by, from 1.</summary>
    public static Argument<int> Argument(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => (int)(Parse(result, name, 1, int.MaxValue) ?? 0),
    };

    /// <summary>A share, from 0 to 1.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "R",
        CustomParser = result => (double?)Parse(result, name, 0, 1, NumberStyles.AllowDecimalPoint),
    };

    private static decimal? Parse(ArgumentResult result, string name, decimal least, decimal most, NumberStyles styles = NumberStyles.None)
    {
        if (decimal.TryParse(result.Tokens[0].Value, styles, CultureInfo.InvariantCulture, out decimal number) && number >= least && number <= most)
            return number;

        result.AddError(FormattableString.Invariant($"{name} must be a {(styles == NumberStyles.None ? "whole " : "")}number from {least} to {most}."));
        return null;
    }
}
