using System.Globalization;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>What a run was, seen from the gateway.</summary>
internal sealed record GatewayBill(int Requests, int Batches, int LinesPaid, int LinesPaidTwice, string Calls)
{
    public static GatewayBill Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new GatewayBill(Number(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
