import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.security.AnyTypePermission;
import java.lang.reflect.Field;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.util.JMeterUtils;

/**
 * Starts Debian's JMeter 2.13. Its XStream of 2015 allowed every class; the XStream that Debian pairs it with allows none
 * that it was not told of, and JMeter stops with ForbiddenClassException on its own test plan. Here it is told.
 */
public class StartJMeter {
    public static void main(String[] args) throws Exception {
        String home = System.getProperty("jmeter.home");
        JMeterUtils.setJMeterHome(home);
        JMeterUtils.loadJMeterProperties(home + "/bin/jmeter.properties");
        // Loading SaveService reads jmeter.save.saveservice.*: the -J options must be known before.
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (arg.startsWith("-J") && equals > 0) {
                JMeterUtils.getJMeterProperties().setProperty(arg.substring(2, equals), arg.substring(equals + 1));
            }
        }
        for (Field field : SaveService.class.getDeclaredFields()) {
            if (field.getType() == XStream.class) {
                field.setAccessible(true);
                ((XStream) field.get(null)).addPermission(AnyTypePermission.ANY);
            }
        }
        new JMeter().start(args);
    }
}
