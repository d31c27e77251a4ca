using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BatchGateway.Cli.Input;

/// <summary>Durations such as <c>200ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        CustomParser = Parse,
    };

    /// <summary>A pause: longer than nothing.</summary>
    public static Option<TimeSpan?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        CustomParser = result =>
        {
            TimeSpan? duration = Parse(result);
            if (duration == TimeSpan.Zero)
                result.AddError($"{name} must be longer than nothing.");
            return duration;
        },
    };

    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach ((string unit, TimeSpan length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan()[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && number * length.TotalDays < TimeSpan.MaxValue.TotalDays / 2)
            {
                duration = length * number;
                return true;
            }
        }

        duration = default;
        return false;
    }

    private static TimeSpan? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TryParse(text, out TimeSpan duration))
            return duration;

        result.AddError($"'{text}' is no duration: write a number and a unit, such as 200ms, 30s, 5m, 2h or 1d.");
        return null;
    }
}
