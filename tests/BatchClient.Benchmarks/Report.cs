using System.Globalization;

namespace BatchGateway.Benchmarks;

/// <summary>What is printed: a figure as <c>name value</c>, everything else behind a <c>#</c>.</summary>
internal static class Report
{
    public static void Figure(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###}"));

    public static void Comment(FormattableString text) => Console.WriteLine($"# {text.ToString(CultureInfo.InvariantCulture)}");
}
