namespace BatchGateway.Tests.Consumer;

public sealed class BesideOpenAITests
{
    [Test]
    public void Create_BothPackagesInOneFile_StandBesideEachOther() =>
        Assert.That(SomeApplication.BesideOpenAI.Create("key").Describe(), Is.EqualTo("api.openai.com and BatchGateway.Internal.Endpoints"));
}
