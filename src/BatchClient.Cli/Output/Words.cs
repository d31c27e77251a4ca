using System.Globalization;

namespace BatchGateway.Cli.Output;

/// <summary>Numbers and times in words that fit into a table.</summary>
internal static class Words
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Three figures and a unit: <c>12.3 MB</c>.</summary>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } count)
            return "-";

        double size = count;
        int unit = 0;
        for (; size >= 999.5 && unit < Units.Length - 1; unit++)
            size /= 1000;
        string format = unit == 0 || size >= 99.95 ? "0" : size >= 9.995 ? "0.0" : "0.00";
        return size.ToString(format, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    public static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>How old something is, in its largest unit: <c>3 h</c>.</summary>
    public static string Age(DateTimeOffset? time, TimeProvider clock) => time is { } then ? Largest(clock.GetUtcNow() - then) : "-";

    /// <summary>A time with how long ago it was.</summary>
    public static string Moment(DateTimeOffset time, TimeProvider clock) =>
        $"{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC ({Relative(time, clock)})";

    private static string Relative(DateTimeOffset time, TimeProvider clock)
    {
        TimeSpan age = clock.GetUtcNow() - time;
        return age >= TimeSpan.Zero ? $"{Largest(age)} ago" : $"in {Largest(-age)}";
    }

    private static string Largest(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{(long)span.TotalDays} d",
        { TotalHours: >= 2 } => $"{(long)span.TotalHours} h",
        { TotalMinutes: >= 2 } => $"{(long)span.TotalMinutes} min",
        _ => $"{Math.Max(0, (long)span.TotalSeconds)} s",
    };
}
