using Microsoft.Extensions.Options;

namespace BatchGateway.Tests.Internal.Registration;

public sealed class BatchGatewayOptionsValidatorTests
{
    [Test]
    public void Create_ConnectTimeoutLongerThanTheSocketsTake_IsOneOfTheProblems()
    {
        BatchGatewayOptions options = new() { ControlPlaneUrl = "gateway.example", ApiKey = "key", ConnectTimeout = TimeSpan.FromDays(30) };

        Assert.That(() => BatchClientFactory.Create(options), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("ConnectTimeout"));
    }
}
