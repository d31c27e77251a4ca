using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Json;

public sealed class TolerantTimeConverterTests
{
    [TestCase("-7e28")]
    [TestCase("7e28")]
    [TestCase("-79228162514264337593543950335")]
    [TestCase("1e400")]
    [TestCase("\"-7e28\"")]
    public async Task GetAsync_TimeBeyondAllTime_IsUnset(string time)
    {
        using StubbedClient client = new(StubHandler.Json($$"""{"id":"batch_1","created_at":{{time}}}"""));

        Assert.That((await client.Client.Batches.GetAsync("batch_1")).CreatedAt, Is.Null);
    }
}
