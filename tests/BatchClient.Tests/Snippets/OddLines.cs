namespace BatchGateway.Tests.Snippets;

public sealed class OddLines : IProgress<BatchResultLine>
{
    public List<BatchResultLine> Seen { get; } = [];

    public void Report(BatchResultLine value) => Seen.Add(value);
}
