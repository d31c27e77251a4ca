namespace BatchGateway.Tests.Models;

public sealed class BatchFileTests
{
    [Test]
    public void ToString_NameAndLength_AreSaid() =>
        Assert.That(new BatchFile { Id = "file-1", Filename = "lines.jsonl", Bytes = 120 }.ToString(), Is.EqualTo("file 'file-1': lines.jsonl, 120 bytes"));

    [Test]
    public void ToString_NothingKnown_IsSaidToo() =>
        Assert.That(new BatchFile { Id = "file-1" }.ToString(), Is.EqualTo("file 'file-1': without a name, ? bytes"));
}
